//! Looks for bytes of certain kinds, many at a time.
//!
//! What is looked for stands close together: at every line end, quote or tag. Then a call of
//! `memchr` needs more to begin with than it saves, and it knows three bytes at most.

/// How many bytes are looked at together: as many as every usual processor compares at once.
pub(crate) const BLOCK: usize = 16;

/// Whether `byte` is one of `set`. As in [`first_of_block`], to compare with all of them costs
/// less than to stop.
#[inline]
pub(crate) const fn is_one_of<const N: usize>(byte: u8, set: &[u8; N]) -> bool {
    let mut is = false;
    let mut at = 0;
    while at < N {
        is |= byte == set[at];
        at += 1;
    }
    is
}

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

/// The place of the first byte of `text` that `is_wanted`.
#[inline]
pub(crate) fn first(text: &[u8], is_wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let Some(last) = text.last_chunk() else {
        return text.iter().position(|&byte| is_wanted(byte));
    };
    let mut rest = text;
    while let Some((block, behind)) = rest.split_first_chunk() {
        if let Some(at) = first_of_block(block, &is_wanted) {
            return Some(text.len() - rest.len() + at);
        }
        rest = behind;
    }
    // With some of those before them the last are a block too.
    Some(text.len() - BLOCK + first_of_block(last, &is_wanted)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_found_at_every_place() {
        for length in 0..50 {
            let mut text = vec![b'~'; length];
            assert_eq!(first(&text, |byte| byte == b'<'), None);
            for at in (0..length).rev() {
                text[at] = b'<';
                assert_eq!(first(&text, |byte| byte == b'<'), Some(at));
            }
        }
    }
}
