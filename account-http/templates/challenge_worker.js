// Finds the number of a challenge: the one whose digits, after the salt, have the given SHA-256 digest.
//
// In plain JavaScript on purpose: `crypto.subtle.digest` answers each try through a queue, which takes more than ten
// times as long as computing so short a digest here.

'use strict';

/** How many tries lie between two reports of progress: some 50 ms on a phone. */
const TRIES_PER_REPORT = 16384;

const BLOCK_BYTES = 64;
/** A block ends with the length of the message, in eight bytes. */
const LENGTH_BYTES = 8;

// FIPS 180-4, 4.2.2 and 5.3.3.
const ROUNDS = new Int32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);
const START = new Int32Array([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
]);

const schedule = new Int32Array(64);

/** Changes the state of a digest by the block of a message that begins there (FIPS 180-4, 6.2.2). */
function digestBlock(state, message, begin) {
  for (let i = 0, at = begin; i < 16; i += 1, at += 4) {
    schedule[i] = (message[at] << 24) | (message[at + 1] << 16) | (message[at + 2] << 8) | message[at + 3];
  }
  for (let i = 16; i < 64; i += 1) {
    const x = schedule[i - 15];
    const y = schedule[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    schedule[i] = (schedule[i - 16] + s0 + schedule[i - 7] + s1) | 0;
  }
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  let e = state[4];
  let f = state[5];
  let g = state[6];
  let h = state[7];
  for (let i = 0; i < 64; i += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUNDS[i] + schedule[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

/** Writes what comes after the whole blocks of the salt: its rest, room for digits, the end mark and the length. */
function writeTail(tail, rest, digits, saltBytes) {
  const length = rest.length + digits;
  const end = length + 1 + LENGTH_BYTES <= BLOCK_BYTES ? BLOCK_BYTES : 2 * BLOCK_BYTES;
  tail.fill(0);
  tail.set(rest);
  tail[length] = 0x80;
  new DataView(tail.buffer).setUint32(end - 4, (saltBytes + digits) * 8);
  return end;
}

/** Returns the number, or null if there is none up to the largest. */
function findNumber({ challenge, salt, maxnumber }, report) {
  const bytes = new TextEncoder().encode(salt);
  const wholeBytes = bytes.length - (bytes.length % BLOCK_BYTES);
  const afterWhole = START.slice();
  for (let at = 0; at < wholeBytes; at += BLOCK_BYTES) {
    digestBlock(afterWhole, bytes, at);
  }
  const rest = bytes.subarray(wholeBytes);
  const wanted = Int32Array.from(challenge.match(/.{8}/g), (word) => parseInt(word, 16));
  const tail = new Uint8Array(2 * BLOCK_BYTES);
  const state = new Int32Array(8);
  let digits = 0;
  let end = 0;
  for (let number = 0; number <= maxnumber; number += 1) {
    const text = String(number);
    if (text.length !== digits) {
      digits = text.length;
      end = writeTail(tail, rest, digits, bytes.length);
    }
    for (let i = 0; i < digits; i += 1) {
      tail[rest.length + i] = text.charCodeAt(i);
    }
    state.set(afterWhole);
    for (let at = 0; at < end; at += BLOCK_BYTES) {
      digestBlock(state, tail, at);
    }
    if (state[0] === wanted[0] && state.every((word, i) => word === wanted[i])) {
      return number;
    }
    if (number % TRIES_PER_REPORT === 0) {
      report(number);
    }
  }
  return null;
}

self.addEventListener('message', ({ data }) => {
  const number = findNumber(data, (tried) => self.postMessage({ tried }));
  self.postMessage({ number });
});
