package wavenet4j.cuda;

/// Where compiled kernels come from.
interface KernelImages {
    /// The kernel of that layout for that card, as the driver loads it, or why there is none.
    Finding<byte[]> image(Layout layout, Card card);
}
