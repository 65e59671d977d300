from searchkit.kernels.nodes cimport Tree
from searchkit.kernels.top cimport Top

cpdef list collect(Tree tree, unsigned int root, Top found, unsigned int count, unsigned int low, unsigned int high, const unsigned char[::1] live, bint descending, object owner)
