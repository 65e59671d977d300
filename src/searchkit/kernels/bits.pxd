# The place of the lowest bit that is set in a word, which is not 0: one instruction where the compiler knows it. Only for
# compiled kernels, which ask `cython.compiled` before.
cdef extern from *:
    """
    #if defined(__GNUC__) || defined(__clang__)
    #define searchkit_lowest_bit(word) ((unsigned int)__builtin_ctzll(word))
    #else
    static unsigned int searchkit_lowest_bit(unsigned long long word) {
        unsigned int place = 0;
        while (!(word & 1)) { word >>= 1; place++; }
        return place;
    }
    #endif
    """
    unsigned int lowest_bit "searchkit_lowest_bit" (unsigned long long word) noexcept nogil
