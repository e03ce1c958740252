package raw

// #include <tocsin.h>
import "C"

import (
	"runtime/cgo"
	"unsafe"
)

// What C calls stands in a file of its own: cgo wants no C functions beside it.

//export tocsinGoGuard
func tocsinGoGuard(guard C.uintptr_t, question *C.char, size C.size_t) C.int32_t {
	asked := cgo.Handle(guard).Value().(func([]byte) int32)
	return C.int32_t(asked(C.GoBytes(unsafe.Pointer(question), C.int(size))))
}

//export tocsinGoLog
func tocsinGoLog(log C.uintptr_t, level C.int32_t, category, message *C.char, size C.size_t) {
	say := cgo.Handle(log).Value().(func(int32, string, string))
	say(int32(level), C.GoString(category), C.GoStringN(message, C.int(size)))
}

//export tocsinGoProgress
func tocsinGoProgress(progress C.uintptr_t, doing *C.char, done, total C.uint64_t) C.uintptr_t {
	report := cgo.Handle(progress).Value().(func(string, uint64, uint64) any)
	if why := report(C.GoString(doing), uint64(done), uint64(total)); why != nil {
		return C.uintptr_t(cgo.NewHandle(why)) // deleted by TakeStopped, or forgotten
	}
	return 0
}

//export tocsinGoForget
func tocsinGoForget(held C.uintptr_t) { cgo.Handle(held).Delete() }
