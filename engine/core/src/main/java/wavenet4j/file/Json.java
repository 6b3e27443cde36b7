package wavenet4j.file;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;

import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Strict JSON on top of Gson, whose tree parser is lenient and keeps the last of two equal keys.
/// Wrong input is an [IllegalArgumentException] that names the key and what is wrong.
public final class Json {
    /// No number of a model file needs more digits; a longer one would only cost time.
    private static final int MAX_NUMBER_LENGTH = 32;

    /// Digits behind the point of the smallest double, and some more.
    private static final int MAX_SCALE = 400;

    private static final Pattern PLACE = Pattern.compile(" at line (\\d+) column (\\d+)");

    private Json() {}

    /// Parses one object, refusing comments, nulls, trailing text and keys that appear twice.
    public static JsonObject parseObject(String text) {
        try (var reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            JsonObject object = object("it", read(reader));
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new IllegalArgumentException("there is text after the object");
            }
            return object;
        } catch (IOException e) {
            throw new IllegalArgumentException(sentence(e), e);
        }
    }

    /// What is wrong, and where, without Gson's advice to programmers.
    private static String sentence(IOException e) {
        String message = String.valueOf(e.getMessage());
        var place = PLACE.matcher(message);
        String at = place.find() ? " at line " + place.group(1) + ", column " + place.group(2) : "";
        if (e instanceof EOFException) return "it ends too early" + at;
        if (message.startsWith("Nesting limit")) return "it nests too deep" + at;
        if (message.startsWith("Invalid escape"))
            return "a backslash stands before what it cannot" + at;
        return "there is something else than JSON" + at;
    }

    // Gson refuses more than 255 levels of nesting, so the recursion is bounded.
    private static JsonElement read(JsonReader reader) throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> {
                var object = new JsonObject();
                reader.beginObject();
                while (reader.hasNext()) {
                    String name = reader.nextName();
                    if (object.has(name)) {
                        throw new IllegalArgumentException("the key " + name + " appears twice");
                    }
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
            case NUMBER -> new JsonPrimitive(number(reader.nextString()));
            case BOOLEAN -> new JsonPrimitive(reader.nextBoolean());
            case NULL -> throw new IllegalArgumentException("a value is null");
            default -> throw new IllegalArgumentException("there is no value");
        };
    }

    /// A number of a few digits, so that no exponent makes a huge integer of it.
    private static BigDecimal number(String digits) {
        if (digits.length() <= MAX_NUMBER_LENGTH) {
            try {
                var number = new BigDecimal(digits);
                if (number.scale() >= 0 && number.scale() <= MAX_SCALE) return number;
            } catch (NumberFormatException _) {
                // Its exponent is no int: out of range, too.
            }
        }
        throw new IllegalArgumentException("the number " + digits + " is out of range");
    }

    /// The value, which must be an object; `what` names it in the complaint, here and below.
    public static JsonObject object(String what, JsonElement value) {
        if (!value.isJsonObject()) throw new IllegalArgumentException(what + " is not an object");
        return value.getAsJsonObject();
    }

    /// The value, which must be an array.
    public static JsonArray array(String what, JsonElement value) {
        if (!value.isJsonArray()) throw new IllegalArgumentException(what + " is not an array");
        return value.getAsJsonArray();
    }

    /// The value, which must be a string.
    public static String string(String what, JsonElement value) {
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
            throw new IllegalArgumentException(what + " is not a string");
        }
        return value.getAsString();
    }

    /// The value, which must be `true` or `false`.
    public static boolean bool(String what, JsonElement value) {
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isBoolean()) {
            throw new IllegalArgumentException(what + " is not true or false");
        }
        return value.getAsBoolean();
    }

    /// The value, which must be a number.
    public static BigDecimal number(String what, JsonElement value) {
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isNumber()) {
            throw new IllegalArgumentException(what + " is not a number");
        }
        return value.getAsBigDecimal();
    }

    /// The value, which must be a whole number from 0 to `most`.
    public static long wholeNumber(String what, JsonElement value, long most) {
        BigDecimal number = number(what, value);
        if (number.signum() < 0
                || number.compareTo(BigDecimal.valueOf(most)) > 0
                || number.stripTrailingZeros().scale() > 0) {
            throw new IllegalArgumentException(
                    "%s is %s, not a whole number from 0 to %d".formatted(what, value, most));
        }
        return number.longValueExact();
    }

    /// Requires these keys and no others.
    public static void requireKeys(JsonObject object, String... keys) {
        for (String key : keys) {
            if (!object.has(key)) {
                throw new IllegalArgumentException("the key " + key + " is missing");
            }
        }
        requireOnly(object, keys);
    }

    /// Requires that there are no other keys than these, which may be missing.
    public static void requireOnly(JsonObject object, String... keys) {
        Set<String> unknown = new TreeSet<>(object.keySet());
        List.of(keys).forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "the key " + unknown.iterator().next() + " is unknown");
        }
    }

    /// The array of these numbers.
    public static JsonArray arrayOf(List<? extends Number> numbers) {
        var array = new JsonArray();
        numbers.forEach(array::add);
        return array;
    }
}
