import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinParts, WireMessage } from './wire.ts';

describe('the wire format', () => {
  it('writes the examples of the protobuf documentation', () => {
    expect([...joinParts(new WireMessage().int(1, 150).parts())]).toEqual([0x08, 0x96, 0x01]);
    expect([...joinParts(new WireMessage().text(2, 'testing').parts())]).toEqual([
      0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67,
    ]);
    const inner = new WireMessage().int(1, 150);
    expect([...joinParts(new WireMessage().message(3, inner).parts())]).toEqual([
      0x1a, 0x03, 0x08, 0x96, 0x01,
    ]);
    expect([...joinParts(new WireMessage().ints(6, [3, 270, 86942]).parts())]).toEqual([
      0x32, 0x06, 0x03, 0x8e, 0x02, 0x9e, 0xa7, 0x05,
    ]);
  });

  it('writes negative numbers as ten bytes of two’s complement', () => {
    expect([...joinParts(new WireMessage().int(1, -2).parts())]).toEqual([
      0x08, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01,
    ]);
  });

  it('keeps long byte strings by reference, however deep they lie', () => {
    const weights = new Uint8Array(1 << 20);
    const message = new WireMessage().message(
      1,
      new WireMessage().message(2, new WireMessage().bytes(3, weights)),
    );
    expect(message.parts()).toContain(weights);
    expect(joinParts(message.parts())).toHaveLength(message.length);
  });

  it('knows its length at any size', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 9000 }), { maxLength: 5 }), (strings) => {
        const message = new WireMessage();
        for (const bytes of strings) message.bytes(1, bytes);
        expect(joinParts(message.parts())).toHaveLength(message.length);
      }),
      { numRuns: 50 },
    );
  });

  it('refuses a number that is not whole', () => {
    expect(() => new WireMessage().int(1, 0.5)).toThrow(RangeError);
  });
});
