package wavenet4j.benchmarks.rivals;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A builder of ONNX graphs. Values are referred to by name; each method adds a node and returns
/// the name of its output.
final class OnnxGraph {
    private static final int IR_VERSION = 8;
    private static final int OPERATOR_SET = 13;

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("step");
    private int named;

    String input(String name, DataType type, long... shape) {
        graph.addInput(value(name, type, shape));
        return name;
    }

    /// Declares a value as a graph output with this name.
    void output(String name, String value, long... shape) {
        graph.addNode(NodeProto.newBuilder().setOpType("Identity").addInput(value).addOutput(name));
        graph.addOutput(value(name, DataType.FLOAT, shape));
    }

    String constant(float[] values, long... shape) {
        var tensor = TensorProto.newBuilder().setName(newName());
        tensor.setDataType(DataType.FLOAT.getNumber());
        for (long dimension : shape) tensor.addDims(dimension);
        for (float value : values) tensor.addFloatData(value);
        graph.addInitializer(tensor);
        return tensor.getName();
    }

    String constant(long... values) {
        var tensor = TensorProto.newBuilder().setName(newName());
        tensor.setDataType(DataType.INT64.getNumber()).addDims(values.length);
        for (long value : values) tensor.addInt64Data(value);
        graph.addInitializer(tensor);
        return tensor.getName();
    }

    String node(String operator, String... inputs) {
        var node = node(operator, List.of(inputs)).addOutput(newName());
        graph.addNode(node);
        return node.getOutput(0);
    }

    /// Concatenates values along an axis.
    String concat(int axis, List<String> inputs) {
        var node = node("Concat", inputs).addOutput(newName()).addAttribute(axis(axis));
        graph.addNode(node);
        return node.getOutput(0);
    }

    /// Splits a value into its rows.
    List<String> rows(String input, int count) {
        var names = IntStream.range(0, count).mapToObj(i -> newName()).toList();
        graph.addNode(node("Split", List.of(input)).addAllOutput(names).addAttribute(axis(0)));
        return names;
    }

    /// The serialized model.
    byte[] bytes() {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static NodeProto.Builder node(String operator, List<String> inputs) {
        return NodeProto.newBuilder().setOpType(operator).addAllInput(new ArrayList<>(inputs));
    }

    private static AttributeProto axis(int axis) {
        return AttributeProto.newBuilder()
                .setName("axis")
                .setType(AttributeProto.AttributeType.INT)
                .setI(axis)
                .build();
    }

    private static ValueInfoProto value(String name, DataType type, long... shape) {
        var dimensions = TensorShapeProto.newBuilder();
        for (long dimension : shape) dimensions.addDimBuilder().setDimValue(dimension);
        var tensor = TypeProto.Tensor.newBuilder().setElemType(type.getNumber());
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor.setShape(dimensions)))
                .build();
    }

    private String newName() {
        return "v" + named++;
    }
}
