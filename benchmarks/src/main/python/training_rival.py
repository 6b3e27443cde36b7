"""Measures how fast PyTorch in Python trains the same networks: the rival of wavenet-train.

    python3 benchmarks/src/main/python/training_rival.py --threads 2

The network is written as PyTorch's users write it: one-dimensional convolutions over [B, C, T],
autograd, torch.optim.Adam. Each row is the best of some repetitions, so that what else runs on the
machine falls out: samples (targets) learned from a second, by forward, backward and step.
"""

import argparse
import time

import torch
from torch import Tensor, nn
from torch.nn import functional as F

SHAPES = {  # R = G, S, A, dilations
    "small": (32, 128, 256, [2**i for i in range(10)] * 2),
    "medium": (64, 256, 256, [2**i for i in range(10)] * 2),
    "ibab": (32, 512, 512, [2**i for i in range(10)] * 5),
}
LEVELS = 256


class Layer(nn.Module):
    def __init__(self, residual: int, skip: int, dilation: int):
        super().__init__()
        self.dilated = nn.Conv1d(residual, 2 * residual, 2, dilation=dilation)
        self.residual = nn.Conv1d(residual, residual, 1)
        self.skip = nn.Conv1d(residual, skip, 1)

    def forward(self, x: Tensor, targets: int) -> tuple[Tensor, Tensor]:
        filters, gates = self.dilated(x).chunk(2, 1)
        z = torch.tanh(filters) * torch.sigmoid(gates)
        return x[..., -z.shape[-1] :] + self.residual(z), self.skip(z[..., -targets:])


class WaveNet(nn.Module):
    def __init__(self, residual: int, skip: int, head: int, dilations: list[int]):
        super().__init__()
        self.embedding = nn.Embedding(LEVELS, residual)
        self.layers = nn.ModuleList(Layer(residual, skip, d) for d in dilations)
        self.hidden = nn.Conv1d(skip, head, 1)
        self.output = nn.Conv1d(head, LEVELS, 1)

    def forward(self, levels: Tensor, targets: int) -> Tensor:
        x = self.embedding(levels).transpose(1, 2)
        total = torch.zeros(())
        for layer in self.layers:
            x, skip = layer(x, targets)
            total = total + skip
        return self.output(F.relu(self.hidden(F.relu(total))))


def measure(shape: str, batch: int, window: int, bfloat16: bool, repetitions: int) -> float:
    residual, skip, head, dilations = SHAPES[shape]
    network = WaveNet(residual, skip, head, dilations)
    optimizer = torch.optim.Adam(network.parameters(), 0.001)
    field = 1 + sum(dilations)
    levels = torch.randint(LEVELS, (batch, field + window))
    best = float("inf")
    for _ in range(repetitions):
        begun = time.perf_counter()
        with torch.autocast("cpu", torch.bfloat16, enabled=bfloat16):
            logits = network(levels[:, :-1], window)
            loss = F.cross_entropy(logits.float(), levels[:, field:])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        best = min(best, time.perf_counter() - begun)
    return batch * window / best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--window", type=int, default=16000)
    parser.add_argument("--batch", type=int, nargs="+", default=[1, 4])
    parser.add_argument("--shapes", nargs="+", default=["small", "medium"])
    parser.add_argument("--repetitions", type=int, default=6)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    print(f"PyTorch {torch.__version__}, {options.threads} threads, samples/s")
    for shape in options.shapes:
        for batch in options.batch:
            rates = [
                measure(shape, batch, options.window, bfloat16, options.repetitions)
                for bfloat16 in (False, True)
            ]
            print(f"{shape:6} batch {batch}: float32 {rates[0]:8,.0f}  autocast {rates[1]:8,.0f}")


if __name__ == "__main__":
    main()
