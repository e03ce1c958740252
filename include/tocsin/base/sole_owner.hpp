// Whether a shared object is one's own, and so may be changed where it is instead of being copied first.
#pragma once

#include <atomic>
#include <memory>

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define TOCSIN_THREAD_SANITIZER
#endif
#elif defined(__SANITIZE_THREAD__)
#define TOCSIN_THREAD_SANITIZER
#endif

namespace tocsin::inline v1 {

// True where nobody else has it. Another thread may have let go of it just now: it has done with reading then, and what is
// written afterwards cannot come before that. use_count() alone does not promise so.
template <class T>
bool is_sole_owner(const std::shared_ptr<T>& shared) noexcept {
  if (shared.use_count() != 1) return false;
#if defined(TOCSIN_THREAD_SANITIZER)
  static_cast<void>(std::shared_ptr<T>(shared));  // it knows no fences; the counting of a copy orders the same
#else
  std::atomic_thread_fence(std::memory_order_acquire);
#endif
  return true;
}

}  // namespace tocsin::inline v1
