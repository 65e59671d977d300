cdef extern from *:
    """
    #if defined(__linux__)
    #include <stdint.h>
    #include <sys/mman.h>
    #include <unistd.h>
    #ifndef MADV_POPULATE_READ
    #define MADV_POPULATE_READ 22
    #endif
    static int searchkit_populate(const unsigned char *data, size_t size) {
        uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
        uintptr_t start = (uintptr_t)data & ~(page - 1);
        return madvise((void *)start, (uintptr_t)data + size - start, MADV_POPULATE_READ) == 0;
    }
    #else
    static int searchkit_populate(const unsigned char *data, size_t size) { (void)data; (void)size; return 0; }
    #endif
    """
    bint searchkit_populate(const unsigned char *data, size_t size) nogil
