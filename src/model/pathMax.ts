/**
 * PATH_MAX (path_resolution(7)), with the byte that ends a path: the kernel opens nothing by one that is longer, and of a
 * domain's XML it may be megabytes, of which to look at each folder would take all of an audit's time.
 */
export const pathMax = 4096;
