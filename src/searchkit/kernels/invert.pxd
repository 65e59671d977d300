cdef extern from *:
    """
    #if defined(__GNUC__) || defined(__clang__)
    #define searchkit_prefetch(address) __builtin_prefetch(address)
    #else
    #define searchkit_prefetch(address) ((void)(address))
    #endif
    """
    void searchkit_prefetch(const void *address) noexcept nogil
