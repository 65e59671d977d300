from posix.time cimport CLOCK_MONOTONIC, clock_gettime, timespec

cdef unsigned long long ticks() noexcept nogil
