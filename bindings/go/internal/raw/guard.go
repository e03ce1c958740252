package raw

// #include <tocsin.h>
//
// extern int32_t tocsinGoGuard(uintptr_t guard, char* question, size_t question_size);
// extern void tocsinGoForget(uintptr_t guard);
//
// static int32_t ask(void* guard, const char* question, size_t question_size) {
//   return tocsinGoGuard((uintptr_t)guard, (char*)question, question_size);
// }
//
// static void forget(void* guard) { tocsinGoForget((uintptr_t)guard); }
//
// static tocsin_status set_guard(tocsin_desk* desk, uintptr_t guard, tocsin_error** error) {
//   if (!guard) return tocsin_desk_set_guard(desk, NULL, NULL, NULL, error);
//   return tocsin_desk_set_guard(desk, ask, (void*)guard, forget, error);
// }
import "C"

import "runtime/cgo"

// DeskSetGuard is tocsin_desk_set_guard. The guard answers 1, 0, CallbackPass or CallbackAbort, and must not panic; nil
// takes it away.
func DeskSetGuard(desk *Desk, guard func(question []byte) int32) *Failure {
	var failure *C.tocsin_error
	status := C.set_guard(desk, handOver(guard, guard != nil), &failure)
	return failed(status, failure)
}

// handOver makes a handle of a function, which the library deletes; none where there is no function.
func handOver(function any, isThere bool) C.uintptr_t {
	if !isThere {
		return 0
	}
	return C.uintptr_t(cgo.NewHandle(function))
}
