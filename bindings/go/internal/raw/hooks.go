package raw

// #include <tocsin.h>
//
// extern void tocsinGoLog(uintptr_t log, int32_t level, char* category, char* message, size_t message_size);
// extern uintptr_t tocsinGoProgress(uintptr_t progress, char* doing, uint64_t done, uint64_t total);
// extern void tocsinGoForget(uintptr_t held);
//
// static void forget_hook(void* held) { tocsinGoForget((uintptr_t)held); }
//
// static void say(void* log, int32_t level, const char* category, const char* message, size_t message_size) {
//   tocsinGoLog((uintptr_t)log, level, (char*)category, (char*)message, message_size);
// }
//
// static tocsin_status set_log(tocsin_desk* desk, uintptr_t log, tocsin_error** error) {
//   if (!log) return tocsin_desk_set_log(desk, NULL, NULL, NULL, error);
//   return tocsin_desk_set_log(desk, say, (void*)log, forget_hook, error);
// }
//
// static _Thread_local uintptr_t stopped;
//
// static uintptr_t take_stopped(void) {
//   uintptr_t taken = stopped;
//   stopped = 0;
//   return taken;
// }
//
// static int32_t report(void* progress, const char* doing, uint64_t done, uint64_t total) {
//   uintptr_t why = tocsinGoProgress((uintptr_t)progress, (char*)doing, done, total);
//   if (!why) return 0;
//   if (stopped) tocsinGoForget(stopped);
//   stopped = why;
//   return TOCSIN_CALLBACK_ABORT;
// }
//
// static tocsin_status set_progress(tocsin_desk* desk, uintptr_t progress, tocsin_error** error) {
//   if (!progress) return tocsin_desk_set_progress(desk, NULL, NULL, NULL, error);
//   return tocsin_desk_set_progress(desk, report, (void*)progress, forget_hook, error);
// }
import "C"

import "runtime/cgo"

// DeskSetLog is tocsin_desk_set_log. The log must not panic; nil takes it away.
func DeskSetLog(desk *Desk, log func(level int32, category, message string)) *Failure {
	var failure *C.tocsin_error
	status := C.set_log(desk, handOver(log, log != nil), &failure)
	return failed(status, failure)
}

// DeskSetProgress is tocsin_desk_set_progress. The progress answers why the call is to stop, nil where it goes on, and must
// not panic; nil takes it away.
func DeskSetProgress(desk *Desk, progress func(doing string, done, total uint64) any) *Failure {
	var failure *C.tocsin_error
	status := C.set_progress(desk, handOver(progress, progress != nil), &failure)
	return failed(status, failure)
}

// TakeStopped is why the progress stopped the last call on this thread, once.
func TakeStopped() any {
	handle := cgo.Handle(C.take_stopped())
	if handle == 0 {
		return nil
	}
	defer handle.Delete()
	return handle.Value()
}
