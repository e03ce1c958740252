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

//export tocsinGoForget
func tocsinGoForget(guard C.uintptr_t) { cgo.Handle(guard).Delete() }
