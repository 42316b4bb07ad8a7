//! Searches for bytes of certain kinds, a block at a time.
//!
//! The bytes are close together, such as at every line end or quote. In that case the overhead of a
//! `memchr` call exceeds its gain, and it supports at most three bytes.

/// The number of bytes in a block: the width of a vector on all common processors.
pub(crate) const BLOCK: usize = 16;

/// The index of the first byte of `block` that `is_wanted`. Testing all of them costs less than
/// stopping early: the compiler vectorises the loop.
#[inline(always)]
pub(crate) fn first_of_block(block: &[u8; BLOCK], is_wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let mut marks = [0; BLOCK];
    let mut at = 0;
    while at < BLOCK {
        marks[at] = if is_wanted(block[at]) { 0xff } else { 0 };
        at += 1;
    }
    let marks = u128::from_le_bytes(marks);
    (marks != 0).then(|| marks.trailing_zeros() as usize / 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_a_block_is_found() {
        let mut block = [b'~'; BLOCK];
        assert_eq!(first_of_block(&block, |byte| byte == b'<'), None);
        for at in (0..BLOCK).rev() {
            block[at] = b'<';
            assert_eq!(first_of_block(&block, |byte| byte == b'<'), Some(at));
        }
    }
}
