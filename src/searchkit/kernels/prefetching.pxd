# Has the processor fetch memory that will be read soon: what a query or an index under construction reads first lies all
# over it, and each first look costs a hundred nanoseconds, in which several others can be under way. Only for compiled
# kernels, which ask `cython.compiled` before.
cdef extern from *:
    """
    #if defined(__GNUC__) || defined(__clang__)
    #define searchkit_prefetch(place) __builtin_prefetch(place)
    #else
    #define searchkit_prefetch(place) ((void)(place))
    #endif
    """
    void prefetch "searchkit_prefetch" (const void *place) noexcept nogil
