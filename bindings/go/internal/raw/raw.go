// Package raw is the C interface as Go sees it: each function once, its buffers and errors taken over. The functions
// and numbers are generated from tocsin.h; what they share stands here.
package raw

// #cgo pkg-config: tocsin
// #include <tocsin.h>
import "C"

import (
	"runtime"
	"unsafe"
)

// Desk is a tocsin_desk.
type Desk = C.tocsin_desk

// Calendar is a tocsin_calendar.
type Calendar = C.tocsin_calendar

// Failure is what a tocsin_error held.
type Failure struct {
	Status                        int32
	Name, Reason, Message, Detail string
}

var nothing [1]byte

// Memory of Go is handed over as it is: the library copies what it is given before it returns.
func text(given string) *C.char {
	if len(given) == 0 {
		return (*C.char)(unsafe.Pointer(&nothing))
	}
	return (*C.char)(unsafe.Pointer(unsafe.StringData(given)))
}

func bytes(given []byte) unsafe.Pointer {
	if len(given) == 0 {
		return unsafe.Pointer(&nothing)
	}
	return unsafe.Pointer(unsafe.SliceData(given))
}

// A copy of what the buffer holds, and nil where it holds nothing.
func taken(buffer *C.tocsin_buf) []byte {
	if buffer.data == nil {
		return nil
	}
	defer C.tocsin_buf_dispose(buffer)
	return append([]byte{}, unsafe.Slice((*byte)(unsafe.Pointer(buffer.data)), int(buffer.size))...)
}

func failed(status C.tocsin_status, failure *C.tocsin_error) *Failure {
	if status == OK {
		return nil
	}
	defer C.tocsin_error_free(failure)
	return &Failure{
		Status:  int32(status),
		Name:    C.GoString(C.tocsin_status_name(status)),
		Reason:  C.GoString(C.tocsin_error_reason(failure)),
		Message: C.GoString(C.tocsin_error_message(failure)),
		Detail:  C.GoString(C.tocsin_error_detail(failure)),
	}
}

// DeskOpen is tocsin_desk_open. Without a path the desk is in memory, without config or seed there is none.
func DeskOpen(flags uint32, path, config string, saltSeed []byte) (*Desk, *Failure) {
	var options C.tocsin_open_options
	C.tocsin_open_options_init(&options, C.uint32_t(unsafe.Sizeof(options)))
	options.flags = C.uint32_t(flags)
	var pinned runtime.Pinner // the options point to memory of Go
	defer pinned.Unpin()
	if path != "" {
		pinned.Pin(unsafe.StringData(path))
		options.path, options.path_size = text(path), C.size_t(len(path))
	}
	if config != "" {
		pinned.Pin(unsafe.StringData(config))
		options.config, options.config_size = text(config), C.size_t(len(config))
	}
	if saltSeed != nil {
		pinned.Pin(unsafe.SliceData(saltSeed))
		options.salt_seed, options.salt_seed_size = bytes(saltSeed), C.size_t(len(saltSeed))
	}
	var desk *C.tocsin_desk
	var failure *C.tocsin_error
	status := C.tocsin_desk_open(C.TOCSIN_ABI_VERSION, &options, &desk, &failure)
	return desk, failed(status, failure)
}
