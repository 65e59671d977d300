from searchkit.kernels.prefetching cimport prefetch
from searchkit.kernels.dictionary cimport Dictionary

cpdef object find(Dictionary dictionary, bytes key)
cpdef object bring_near(list dictionaries, list keys)
