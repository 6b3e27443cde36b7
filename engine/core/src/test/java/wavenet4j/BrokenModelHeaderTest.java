package wavenet4j;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/// Headers that are malformed, or describe tensors that are not there.
final class BrokenModelHeaderTest extends BrokenModelFixture {
    @Test
    void headerLengths() throws IOException {
        for (long length :
                new long[] {
                    0,
                    1,
                    -1,
                    Long.MIN_VALUE,
                    Long.MAX_VALUE,
                    1L << 32,
                    Integer.MAX_VALUE,
                    100_000_000,
                    1 << 22,
                    good.length,
                    good.length - 7
                }) {
            byte[] bytes = good.clone();
            wrap(bytes).putLong(0, length);
            refused(bytes, "its header length is " + Long.toUnsignedString(length));
        }
        for (int length = 2; length < headerEnd - 16; length += 7) {
            byte[] bytes = good.clone();
            wrap(bytes).putLong(0, length);
            refused(bytes, "its header is not valid JSON");
        }
    }

    @Test
    void headersThatAreNoHeader() throws IOException {
        for (String header :
                List.of(
                        "  ",
                        "[]",
                        "[{}]",
                        "null",
                        "true",
                        "12",
                        "\"a\"",
                        "{ ",
                        "} ",
                        "{}x",
                        "{}{}",
                        "{\"a\"} ",
                        "{\"a\":}",
                        "{\"a\":{},}",
                        "{'a':{}}",
                        "{a:{}}",
                        "{\"a\":NaN}",
                        "{\"a\":Infinity}",
                        "{/**/}",
                        "{}//",
                        "#\n{}",
                        "{\"a\":{}\"b\":{}}",
                        "{\"a\":{},\"a\":{}}",
                        "{\"a\":null}",
                        "{\"a\":1e999999999}",
                        "{\"a\":-1E9}",
                        "{\"a\":" + "9".repeat(5000) + "} ",
                        "{\"a\":01}",
                        "{\"a\":\"\\x\"} ",
                        "{\"a\":\"\n\"} ",
                        "{\"a\":\"",
                        "{\"a\":tru}",
                        ")]}'\n{}")) {
            refused(file(header, new byte[0]), "its header is not valid JSON");
        }
        for (String open : List.of("[", "{\"a\":")) {
            refused(
                    file("{\"a\":" + open.repeat(100_000), new byte[0]),
                    "its header is not valid JSON");
        }
        refused(file("{}", new byte[0]), "its metadata has no format");
        refused(file("{\"__metadata__\":{}}", new byte[0]), "its metadata has no format");
        for (String value : List.of("1", "[]", "\"a\"", "false")) {
            refused(file("{\"__metadata__\":" + value + "}", new byte[0]), "is not an object");
            refused(file("{\"a\":" + value + "}", new byte[0]), "header entry a is malformed");
        }
        refused(file("{\"__metadata__\":{\"format\":1}}", new byte[0]), "format is not a string");
    }

    @Test
    void brokenJsonIsNamedWithItsPlace() throws IOException {
        refused(file("{\"a\":", new byte[0]), "it ends too early at line 1, column 6");
        refused(file("{\n\"a\":tru}", new byte[0]), "something else than JSON at line 2, column 5");
        refused(file("{\"a\":null}", new byte[0]), "a value is null");
        refused(file("{\"a\":\"\\x\"} ", new byte[0]), "a backslash", "at line 1, column 9");
        refused(file("{\"a\":" + "[".repeat(300), new byte[0]), "it nests too deep at line 1");
    }

    @Test
    void headersThatAreNotUtf8() throws IOException {
        for (int bad : new int[] {0x80, 0xC0, 0xFE, 0xFF}) {
            byte[] bytes = good.clone();
            bytes[8 + 20] = (byte) bad;
            refused(bytes, "its header is not UTF-8");
        }
    }

    @Test
    void hugeHeaders() throws IOException {
        int most = 1 << 22;
        for (String filling : List.of("0,", "[],", "{},", "\"\",", "{\"a\":0},", "1.5,")) {
            String start = "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,0],\"shape\":[";
            String header = start + filling.repeat((most - start.length() - 8) / filling.length());
            refused(file(header + "0]}}", new byte[0]));
        }
        var keys = new StringBuilder("{");
        for (int i = 0; keys.length() < most - 20; i++)
            keys.append("\"").append(i).append("\":{},");
        refused(file(keys + "\"a\":{}}", new byte[0]), "the key dtype is missing");
        refused(file("{\"" + "a".repeat(most - 9) + "\":{}}", new byte[0]), "...");
        refused(file("{\"" + "a".repeat(most) + "\":{}}", new byte[0]), "its header length is");
    }

    @Test
    void namesNeverBreakTheLine() throws IOException {
        for (String name : List.of("a\nb", "\r\n", "\u2028", "\u0000\u0007\u001b[31m", "\u202e")) {
            refused(edited(header -> header.add(name, new JsonObject())));
            refused(editedMetadata(metadata -> metadata.addProperty("format", name)));
            refused(editedSpec(spec -> spec.addProperty(name, 1)));
        }
    }

    @Test
    void formats() throws IOException {
        refused(editedMetadata(metadata -> metadata.remove("format")), "has no format");
        refused(
                editedMetadata(metadata -> metadata.addProperty("format", "wavenet4j/2")),
                "its format is wavenet4j/2; this version reads wavenet4j/1");
        refused(
                editedMetadata(metadata -> metadata.addProperty("format", "pt")),
                "its format is pt");
    }

    @Test
    void tensorEntries() throws IOException {
        String name = "layers.0.dilated.weight"; // [6, 2, 2]
        for (String key : List.of("dtype", "shape", "data_offsets")) {
            refused(entry(name, e -> e.remove(key)), name, "the key " + key + " is missing");
            for (JsonElement other : others()) {
                refused(entry(name, e -> e.add(key, other)), name, "is malformed");
            }
        }
        refused(entry(name, e -> e.addProperty("extra", 1)), "the key extra is unknown");
        for (String dtype : List.of("F16", "F64", "I32", "I8", "U8", "BOOL", "f32", "F32 ", "")) {
            refused(entry(name, e -> e.addProperty("dtype", dtype)), "F32 and BF16 are supported");
        }
        refused(entry(name, e -> e.addProperty("dtype", "BF16")), "bytes are not what the shape");
        for (String shape :
                List.of(
                        "[]",
                        "[0]",
                        "[24]",
                        "[6,4]",
                        "[2,2,6]",
                        "[6,2,2,1]",
                        "[6,2,3]",
                        "[-6,2,-2]",
                        "[6.5,2,2]",
                        "[2147483647,2147483647,2147483647]",
                        "[4294967302,2,2]",
                        "[65536,65536,65536,65536]",
                        "[99999999999999999999,2,2]",
                        "[6,2,[2]]",
                        "[6,2,\"2\"]",
                        "[2147483639]",
                        "[0,2147483647,2147483647]")) {
            refused(entry(name, e -> e.add("shape", JsonParser.parseString(shape))), name);
        }
        long begin = offsets(name)[0];
        long end = offsets(name)[1];
        for (long[] offsets :
                new long[][] {
                    {begin - 4, end - 4},
                    {begin + 4, end + 4},
                    {begin, end + 4},
                    {begin, end - 4},
                    {end, begin},
                    {-begin, -end},
                    {0, end - begin},
                    {begin, begin},
                    {good.length, good.length + end - begin},
                    {Long.MAX_VALUE - 96, Long.MAX_VALUE},
                    {-96, 0},
                    {begin},
                    {begin, end, end},
                    {}
                }) {
            refused(entry(name, e -> e.add("data_offsets", array(offsets))));
        }
        for (String odd : List.of("0.5", "9223372036854775808", "99999999999999999999999")) {
            refused(
                    entry(
                            name,
                            e -> e.add("data_offsets", JsonParser.parseString("[" + odd + ",96]"))),
                    name,
                    odd);
        }
    }

    @Test
    void tensorsMissingOrTooMany() throws IOException {
        for (String name : model.spec().shapes().keySet()) {
            refused(edited(header -> header.remove(name))); // leaves a gap
            refused(
                    edited(header -> header.add(name + "x", header.remove(name))),
                    "the tensor " + name + " is missing");
        }
        String last = model.spec().shapes().lastEntry().getKey();
        byte[] shorter = edited(header -> header.remove(last));
        long bytes = offsets(last)[1] - offsets(last)[0];
        refused(
                Arrays.copyOf(shorter, shorter.length - (int) bytes),
                "the tensor " + last + " is missing");
        refused(
                edited(header -> {
                    var extra = new JsonObject();
                    extra.addProperty("dtype", "F32");
                    extra.add("shape", array(0));
                    extra.add("data_offsets", array(0, 0));
                    header.add("extra", extra);
                }),
                "its spec has no tensor extra");
        refused(
                edited(header -> header.add("copy", header.get(last).deepCopy())),
                "begin at"); // two tensors in the same place
    }
}
