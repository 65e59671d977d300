cdef extern from *:
    """
    #if defined(__linux__)
    #include <stdint.h>
    #include <sys/mman.h>
    #include <unistd.h>
    #ifndef MADV_POPULATE_READ
    #define MADV_POPULATE_READ 22
    #endif
    /* Pieces of so many pages are looked at, and mapped, together. */
    #define SEARCHKIT_PIECE 256
    static int searchkit_populate(const unsigned char *data, size_t size, int reading) {
        uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
        uintptr_t start = (uintptr_t)data & ~(page - 1);
        uintptr_t stop = (uintptr_t)data + size;
        unsigned char present[SEARCHKIT_PIECE];
        while (start < stop) {
            size_t length = stop - start < SEARCHKIT_PIECE * page ? stop - start : SEARCHKIT_PIECE * page;
            size_t pages = (length + page - 1) / page;
            int wanted = 1;
            if (!reading) {
                if (mincore((void *)start, length, present) != 0) return 0;
                for (size_t at = 0; at < pages; at++) wanted &= present[at];
            }
            if ((wanted & 1) && madvise((void *)start, length, MADV_POPULATE_READ) != 0) return 0;
            start += pages * page;
        }
        return 1;
    }
    #else
    static int searchkit_populate(const unsigned char *data, size_t size, int reading) {
        (void)data; (void)size; (void)reading;
        return 0;
    }
    #endif
    """
    bint searchkit_populate(const unsigned char *data, size_t size, bint reading) nogil
