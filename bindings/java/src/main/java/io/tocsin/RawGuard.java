package io.tocsin;

import com.sun.jna.Callback;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;

/** The part of the C interface that calls back. */
final class RawGuard {
    private RawGuard() {}

    /** A tocsin_guard_fn. */
    interface Function extends Callback {
        int ask(Pointer userData, Pointer question, long questionSize);
    }

    static native int tocsin_desk_set_guard(Pointer desk, Function guard, Pointer userData, Pointer freeUserData, PointerByReference error);
}
