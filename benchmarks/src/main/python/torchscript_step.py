"""Writes torchscript_step.pt, the sample loop as a TorchScript module without weights, and its sum.

    python3 benchmarks/src/main/python/torchscript_step.py

It is the rival "TorchScript" of the benchmarks: what a PyTorch user arrives at who counts the
operators of a tick, four in each layer. The products of the older taps are one batched product at
the beginning of the tick, those of the skips one product at its end, every operator writes where
the next one reads, and the loop over the samples, picks included, is inside the module.

Three identities are applied once, when the weights are loaded:
- sigmoid(g) = (1 + tanh(g / 2)) / 2, so one tanh serves filter and gate: z = (a + a b) / 2;
- the halves belong to the weights that z meets, and to those that make g;
- a bias of the residual path is a constant of every later layer's input, so it belongs to the
  biases of the dilated convolutions that read it.

The weights come from the program that loads the module: see TorchScriptRival.java. Checked with
PyTorch 2.13 writing and libtorch 2.7.1 reading.
"""

import hashlib
from pathlib import Path
from typing import List

import torch
from torch import Tensor

TARGET = Path(__file__).parents[1] / "resources/wavenet4j/benchmarks/rivals/torchscript_step.pt"


def columns(weight: Tensor) -> Tensor:
    """The same matrix with its columns in one piece: faster where there are many inputs."""
    return weight.t().contiguous().t()


class Step(torch.nn.Module):
    """Letters: R, G, S, A, Q channels, L layers; kernel size 2, so one older tap."""

    embedding: Tensor  # [Q, R]
    older: Tensor  # [L, R, 2G]
    bias: Tensor  # [L, 1, 2G]
    skip: Tensor  # [S, L * G]
    skip_bias: Tensor  # [S]
    hidden: Tensor  # [A, S]
    hidden_bias: Tensor  # [A]
    output: Tensor  # [Q, A]
    output_bias: Tensor  # [Q]
    present: List[Tensor]  # L of [2G, R]
    residual: List[Tensor]  # L - 1 of [R, G]
    lines: Tensor  # [sum of dilations, R], the delay lines end to end
    starts: Tensor  # [L], of each delay line
    dilations: Tensor  # [L]
    clock: Tensor  # [L], the tick modulo each dilation
    at: Tensor  # [L], the oldest row of each delay line
    past: Tensor  # [L, R], those rows
    x: Tensor  # [L, R], the layers' inputs
    h: Tensor  # [L, 1, 2G]
    z: Tensor  # [L * G]
    inputs: List[Tensor]  # the rows of x, [R]
    sums: List[Tensor]  # the rows of h, [2G]
    filters: List[Tensor]  # their halves, [G]
    gates: List[Tensor]
    gated: List[Tensor]  # the parts of z, [G]

    def __init__(self):
        super().__init__()
        for name, kind in Step.__annotations__.items():
            setattr(self, name, torch.zeros(0) if kind is Tensor else [])

    @torch.jit.export
    def load(self, tensors: List[Tensor], dilations: List[int]):
        """Takes the tensors of a model file, in the file's order."""
        layers = len(dilations)
        self.embedding = tensors[0].clone()
        channels = self.embedding.size(1)
        constant = torch.zeros(channels)
        older: List[Tensor] = []
        present: List[Tensor] = []
        biases: List[Tensor] = []
        residuals: List[Tensor] = []
        skips: List[Tensor] = []
        skip_bias = torch.zeros_like(tensors[len(tensors) - 5])
        next = 1
        for i in range(layers):
            dilated = tensors[next]
            gates = dilated.size(0) // 2
            halves = torch.ones(2 * gates, 1)
            halves[gates:] = 0.5
            older.append(halves * dilated[:, :, 0])
            present.append(halves * dilated[:, :, 1])
            bias = halves * tensors[next + 1].unsqueeze(1)
            biases.append(bias + (older[i] + present[i]).matmul(constant.unsqueeze(1)))
            next += 2
            if i < layers - 1:
                residuals.append(0.5 * tensors[next])
                constant = constant + tensors[next + 1]
                next += 2
            skips.append(0.5 * tensors[next])
            skip_bias = skip_bias + tensors[next + 1]
            next += 2
        self.older = torch.stack(older).transpose(1, 2).contiguous()
        self.bias = torch.stack(biases).transpose(1, 2).contiguous()
        self.present = present
        self.residual = residuals
        self.skip = columns(torch.cat(skips, 1))
        self.skip_bias = skip_bias
        self.hidden = columns(tensors[next])
        self.hidden_bias = tensors[next + 1].clone()
        self.output = columns(tensors[next + 2])
        self.output_bias = tensors[next + 3].clone()

        self.dilations = torch.tensor(dilations)
        self.starts = self.dilations.cumsum(0) - self.dilations
        self.clock = torch.zeros_like(self.dilations)
        self.at = self.starts.clone()
        self.lines = torch.zeros(int(self.dilations.sum().item()), channels)
        self.past = torch.zeros(layers, channels)
        # Not zeros(layers, channels) again: the compiler would make one tensor of two equal calls.
        self.x = torch.zeros_like(self.past)
        self.h = torch.zeros_like(self.bias)
        gates = self.h.size(2) // 2
        self.z = torch.zeros(layers * gates)
        self.inputs = [self.x[i] for i in range(layers)]
        self.sums = [self.h[i, 0] for i in range(layers)]
        self.filters = [self.h[i, 0, :gates] for i in range(layers)]
        self.gates = [self.h[i, 0, gates:] for i in range(layers)]
        self.gated = [self.z[i * gates : (i + 1) * gates] for i in range(layers)]

    @torch.jit.export
    def tick(self, level: Tensor):
        """Feeds one level, [1], through the layers."""
        last = len(self.present) - 1
        torch.index_select(self.embedding, 0, level, out=self.x[:1])
        torch.index_select(self.lines, 0, self.at, out=self.past)
        torch.baddbmm(self.bias, self.past.unsqueeze(1), self.older, out=self.h)
        for i in range(last + 1):
            h = self.sums[i]
            z = self.gated[i]
            a = self.filters[i]
            torch.addmv(h, self.present[i], self.inputs[i], out=h)
            torch.tanh_(h)
            torch.addcmul(a, a, self.gates[i], out=z)
            if i < last:
                torch.addmv(self.inputs[i], self.residual[i], z, out=self.inputs[i + 1])
        self.lines.index_copy_(0, self.at, self.x)
        self.clock.add_(1).remainder_(self.dilations)
        torch.add(self.clock, self.starts, out=self.at)

    @torch.jit.export
    def logits(self) -> Tensor:
        """The head for the latest tick, [Q]."""
        skip = torch.addmv(self.skip_bias, self.skip, self.z).relu_()
        hidden = torch.addmv(self.hidden_bias, self.hidden, skip).relu_()
        return torch.addmv(self.output_bias, self.output, hidden)

    @torch.jit.export
    def prime(self, levels: Tensor):
        """Feeds levels, [n]."""
        for i in range(levels.size(0)):
            self.tick(levels[i : i + 1])

    @torch.jit.export
    def generate(self, uniforms: Tensor, temperature: float) -> Tensor:
        """Draws a level for each of the uniform numbers, [n], and feeds it back."""
        levels = torch.zeros(uniforms.size(0), dtype=torch.int64)
        most = self.output.size(0) - 1
        for i in range(uniforms.size(0)):
            sums = torch.softmax(self.logits().div_(temperature), 0).cumsum(0)
            target = uniforms[i : i + 1] * sums[most]
            level = levels[i : i + 1]
            torch.searchsorted(sums, target, right=True, out=level)
            self.tick(level.clamp_(max=most))
        return levels


if __name__ == "__main__":
    torch.jit.script(Step()).save(str(TARGET))
    digest = hashlib.sha256(TARGET.read_bytes()).hexdigest()
    TARGET.with_suffix(".sha256").write_text(f"{digest}  {TARGET.name}\n")
