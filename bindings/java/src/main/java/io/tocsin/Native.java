package io.tocsin;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Finds the library, calls it, and turns what it fails with into exceptions. */
final class Native {
    static {
        load();
    }

    private Native() {}

    /** What the property tocsin.library or the variable TOCSIN_LIBRARY names, else what came with this package, else the system's. */
    private static void load() {
        String named = System.getProperty("tocsin.library", System.getenv("TOCSIN_LIBRARY"));
        NativeLibrary library = NativeLibrary.getInstance(named == null ? "tocsin" : named);
        com.sun.jna.Native.register(Raw.class, library);
        com.sun.jna.Native.register(RawGuard.class, library);
        int found = Raw.tocsin_abi_version();
        if (found != Raw.ABI_VERSION) {
            throw new UnsatisfiedLinkError("the library has ABI " + found + ", this package needs " + Raw.ABI_VERSION);
        }
    }

    /** Makes sure that the library is there. */
    static void demand() {}

    interface Call {
        int make(PointerByReference error);
    }

    interface Reading {
        int make(Pointer buffer, PointerByReference error);
    }

    static void call(Call call) {
        PointerByReference error = new PointerByReference();
        int status = call.make(error);
        if (status != Raw.OK) {
            throw failure(status, error.getValue());
        }
    }

    /** The bytes that the call puts into a buffer. */
    static byte[] read(Reading reading) {
        try (Memory buffer = new Memory(Raw.BUF_SIZE)) {
            buffer.clear();
            try {
                call(error -> reading.make(buffer, error));
                Pointer data = buffer.getPointer(Raw.BUF_DATA_AT);
                return data == null ? new byte[0] : data.getByteArray(0, Math.toIntExact(buffer.getLong(Raw.BUF_SIZE_AT)));
            } finally {
                Raw.tocsin_buf_dispose(buffer);
            }
        }
    }

    static String text(Pointer text) {
        return text == null ? "" : text.getString(0, "UTF-8");
    }

    static byte[] bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (!new String(bytes, StandardCharsets.UTF_8).equals(text)) {
            throw new IllegalArgumentException("the text is no Unicode: half of a surrogate pair stands alone");
        }
        return bytes;
    }

    private static TocsinException failure(int status, Pointer error) {
        try {
            byte[] detail = text(Raw.tocsin_error_detail(error)).getBytes(StandardCharsets.UTF_8);
            return TocsinException.of(Status.of(status), text(Raw.tocsin_error_reason(error)), text(Raw.tocsin_error_message(error)),
                    membersOf(Json.parse(detail)));
        } finally {
            Raw.tocsin_error_free(error);
        }
    }

    /** An error as it stands in the result of a command in a batch. */
    static TocsinException refusal(Map<?, ?> error) {
        String name = String.valueOf(error.get("status"));
        Status status = Status.UNKNOWN;
        for (Status known : Status.values()) {
            if (known.name().equalsIgnoreCase(name)) {
                status = known;
            }
        }
        return TocsinException.of(status, String.valueOf(error.get("reason")), String.valueOf(error.get("message")),
                membersOf(error.get("detail")));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> membersOf(Object detail) {
        return detail instanceof Map<?, ?> members ? (Map<String, Object>) members : Map.of();
    }
}
