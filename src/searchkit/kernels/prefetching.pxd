cdef extern from *:
    """
    #if defined(__GNUC__) || defined(__clang__)
    #define searchkit_prefetch(place) __builtin_prefetch(place)
    #else
    #define searchkit_prefetch(place) ((void)0)
    #endif
    """
    void searchkit_prefetch(const void *place) nogil

cdef void prefetch(const void *place) noexcept nogil
