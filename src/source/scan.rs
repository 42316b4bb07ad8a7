//! Looks for bytes of certain kinds, many at a time.
//!
//! They stand close together, at every line end or quote. Then a call of `memchr` needs more to
//! begin with than it saves, and it knows three bytes at most.

/// How many bytes are looked at together: as many as every usual processor compares at once.
pub(crate) const BLOCK: usize = 16;

/// The place of the first byte of `block` that `is_wanted`. To ask each of them costs less than
/// to stop: the compiler makes one comparison of it.
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
