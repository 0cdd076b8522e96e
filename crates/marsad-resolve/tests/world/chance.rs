//! Which pseudo-random numbers make the world, the same on every machine?
//!
//! SplitMix64 (Steele, Lea, Flood 2014): ten lines that we understand instead of a dependency. Every incident gets a
//! stream of its own, so that what is told of one does not depend on how much was told of another.

#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64, stream: u64) -> Chance {
        let mut chance = Chance(seed ^ stream.wrapping_mul(0xD1B5_4A32_D192_ED03));
        chance.next();
        chance
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Between 0 and `n` - 1; `n` is never 0 here.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }

    /// Between `low` and `high`, both inclusive.
    pub fn between(&mut self, low: i32, high: i32) -> i32 {
        low + self.below((high - low + 1) as usize) as i32
    }

    pub fn percent(&mut self, n: usize) -> bool {
        self.below(100) < n
    }

    pub fn permille(&mut self, n: usize) -> bool {
        self.below(1000) < n
    }

    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// A number from `low` to `high` whose tail falls like a power: few large ones, many small ones.
    pub fn heavy_tail(&mut self, low: u32, high: u32, power: f64) -> u32 {
        let (from, to) = (f64::from(low), f64::from(high) + 1.0);
        let k = 1.0 - power;
        let drawn = (from.powf(k) + self.unit() * (to.powf(k) - from.powf(k))).powf(1.0 / k);
        (drawn as u32).clamp(low, high)
    }
}
