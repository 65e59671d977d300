cdef extern from *:
    """
    #if defined(__GLIBC__)
    #include <malloc.h>
    #define searchkit_trim() malloc_trim(0)
    #else
    #define searchkit_trim() 0
    #endif
    """
    int searchkit_trim() nogil
