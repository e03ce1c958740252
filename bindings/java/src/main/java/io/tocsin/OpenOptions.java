package io.tocsin;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** How to open a desk. */
public final class OpenOptions {
    private Definitions.DeskOptions options;
    private byte[] saltSeed;
    private int flags;
    private InstantSource clock;

    /** Options of the desk. */
    public OpenOptions options(Definitions.DeskOptions options) {
        this.options = options;
        return this;
    }

    /** 16 to 64 secret bytes for the commitments to personal fields. */
    public OpenOptions saltSeed(byte[] saltSeed) {
        this.saltSeed = saltSeed.clone();
        return this;
    }

    /** Questions only; any number of processes at once. */
    public OpenOptions readOnly() {
        flags |= Raw.OPEN_READ_ONLY;
        return this;
    }

    /** Fails instead of making a file. */
    public OpenOptions mustExist() {
        flags |= Raw.OPEN_MUST_EXIST;
        return this;
    }

    /** Takes the file from a process that is gone or is to lose it; without it, the file is busy. */
    public OpenOptions takeOver() {
        flags |= Raw.OPEN_TAKE_OVER;
        return this;
    }

    /**
     * Gives the instant of commands without one, as InstantSource.system() does. Without it there is none: Tocsin reads no
     * clock unless you say so, which is what makes a run repeatable.
     */
    public OpenOptions clock(InstantSource clock) {
        this.clock = clock;
        return this;
    }

    Desk open(Path path) {
        Native.demand();
        List<Memory> kept = new ArrayList<>();
        try (Memory given = new Memory(Raw.OPEN_OPTIONS_SIZE)) {
            Raw.tocsin_open_options_init(given, Raw.OPEN_OPTIONS_SIZE);
            given.setInt(Raw.OPEN_OPTIONS_FLAGS_AT, flags);
            if (path != null) {
                set(given, Raw.OPEN_OPTIONS_PATH_AT, Raw.OPEN_OPTIONS_PATH_SIZE_AT, Native.bytes(path.toString()), kept);
            }
            if (options != null) {
                set(given, Raw.OPEN_OPTIONS_CONFIG_AT, Raw.OPEN_OPTIONS_CONFIG_SIZE_AT, Json.write(options), kept);
            }
            if (saltSeed != null) {
                set(given, Raw.OPEN_OPTIONS_SALT_SEED_AT, Raw.OPEN_OPTIONS_SALT_SEED_SIZE_AT, saltSeed, kept);
            }
            PointerByReference desk = new PointerByReference();
            Native.call(error -> Raw.tocsin_desk_open(Raw.ABI_VERSION, given, desk, error));
            return new Desk(desk.getValue(), clock);
        } finally {
            kept.forEach(Memory::close);
        }
    }

    private static void set(Pointer options, int at, int sizeAt, byte[] bytes, List<Memory> kept) {
        Memory copy = new Memory(Math.max(bytes.length, 1));
        kept.add(copy);
        copy.write(0, bytes, 0, bytes.length);
        options.setPointer(at, copy);
        options.setLong(sizeAt, bytes.length);
    }
}
