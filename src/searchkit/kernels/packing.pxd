cdef class PackedTokens:
    cdef unsigned short[::1] units
    cdef unsigned long long used, tokens
