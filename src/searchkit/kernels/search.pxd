from searchkit.kernels.factors cimport Factors
from searchkit.kernels.parts cimport Scratch
from searchkit.kernels.top cimport Top

cdef object run(Scratch first, Top best, unsigned int count)
cdef object prepare(Scratch scratch, unsigned int count, unsigned int low, unsigned int high, Factors factors)
