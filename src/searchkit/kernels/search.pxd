from searchkit.kernels.factors cimport Factors
from searchkit.kernels.nodes cimport Tree
from searchkit.kernels.top cimport Top

cpdef list search(Tree tree, unsigned int root, Top top, unsigned int count, unsigned int cut, unsigned int low, unsigned int high, const unsigned char[::1] live, Factors factors, object owner)
