from libc.string cimport memchr, memcpy

from searchkit.kernels.prefetching cimport prefetch
