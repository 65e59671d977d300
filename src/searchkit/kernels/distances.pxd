cdef unsigned int next_row(unsigned char *rows, const unsigned int *word, unsigned int length, const unsigned int *codes, unsigned int level, unsigned int most, unsigned int code) noexcept nogil
cdef unsigned int least_after(unsigned char *rows, const unsigned int *word, unsigned int length, const unsigned int *codes, unsigned int level, unsigned int most, unsigned int code) noexcept nogil
