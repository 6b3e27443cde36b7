package wavenet4j;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Strict JSON on top of Gson, whose tree parser is lenient and keeps the last of two equal keys.
final class Json {
    private Json() {}

    /// Parses one object, refusing comments, trailing text and keys that appear twice.
    ///
    /// @throws JsonParseException when the text is anything else
    static JsonObject parseObject(String text) {
        try (var reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            JsonElement element = read(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new JsonParseException("there is text after the object");
            }
            return element.getAsJsonObject();
        } catch (IOException | NumberFormatException | IllegalStateException e) {
            throw new JsonParseException(firstLine(e), e);
        }
    }

    private static JsonElement read(JsonReader reader) throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> {
                var object = new JsonObject();
                reader.beginObject();
                while (reader.hasNext()) {
                    String name = reader.nextName();
                    if (object.has(name))
                        throw new JsonParseException("the key " + name + " appears twice");
                    object.add(name, read(reader));
                }
                reader.endObject();
                yield object;
            }
            case BEGIN_ARRAY -> {
                var array = new JsonArray();
                reader.beginArray();
                while (reader.hasNext()) array.add(read(reader));
                reader.endArray();
                yield array;
            }
            case STRING -> new JsonPrimitive(reader.nextString());
            case NUMBER -> new JsonPrimitive(new BigDecimal(limited(reader.nextString())));
            case BOOLEAN -> new JsonPrimitive(reader.nextBoolean());
            default -> throw new JsonParseException("unexpected " + reader.peek());
        };
    }

    /// A number of a few digits, so that no exponent makes a huge integer of it.
    private static String limited(String number) {
        if (number.length() > 24 || number.contains("e") || number.contains("E")) {
            throw new JsonParseException("the number " + number + " is out of range");
        }
        return number;
    }

    /// The value, which must be a whole number.
    static BigInteger wholeNumber(JsonElement value) {
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isNumber()) {
            throw new IllegalArgumentException(value + " is not a number");
        }
        return value.getAsBigDecimal().toBigIntegerExact();
    }

    /// The value, which must be a string.
    static String string(JsonElement value) {
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
            throw new IllegalArgumentException(value + " is not a string");
        }
        return value.getAsString();
    }

    /// Requires these keys and no others.
    static void requireKeys(JsonObject object, String... keys) {
        for (String key : keys) {
            if (!object.has(key))
                throw new IllegalArgumentException("the key " + key + " is missing");
        }
        Set<String> unknown = new TreeSet<>(object.keySet());
        List.of(keys).forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "the key " + unknown.iterator().next() + " is unknown");
        }
    }

    static JsonArray array(List<? extends Number> numbers) {
        var array = new JsonArray();
        numbers.forEach(array::add);
        return array;
    }

    /// An exception's message without the lines and links that parsers append.
    static String firstLine(Exception e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
