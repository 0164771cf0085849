import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DeviceReport, parseReport, ReportError } from './device-report.ts';
import { summariseRuns } from './statistics.ts';

const report: DeviceReport = {
  format: 'convatlas-device',
  version: 2,
  when: '2026-11-25T05:00:00.000Z',
  device: {
    browser: 'Chromium 156',
    cores: 2,
    memory: 8,
    crossOriginIsolated: true,
    simd: true,
    threads: true,
    jspi: true,
    gpu: {
      vendor: 'google',
      architecture: 'swiftshader',
      description: '',
      isSoftware: true,
      maxBufferSize: 2 ** 30,
      maxStorageBuffer: 2 ** 30,
      hasHalf: false,
      hasTimestamps: true,
    },
  },
  peaks: [{ backend: 'wasm', precision: 'fp32', threads: 2, macsPerSecond: 2e10, bytesPerSecond: 5e9 }],
  networks: [
    {
      network: 'squeezenet-1.1',
      backend: 'wasm',
      precision: 'fp32',
      threads: 2,
      startMs: 700,
      firstRunMs: 60,
      times: summariseRuns([28, 29, 30]),
    },
  ],
};

const problemOf = (source: string): unknown => {
  try {
    parseReport(source);
  } catch (error) {
    if (error instanceof ReportError) return error.problem;
    throw error;
  }
  return null;
};

describe('a device’s file', () => {
  it('is read as it was written', () => {
    expect(parseReport(JSON.stringify(report))).toEqual(report);
    const without = { ...report, device: { ...report.device, gpu: null, memory: null } };
    expect(parseReport(JSON.stringify(without))).toEqual(without);
  });

  it('is refused with the reason where it is another, of another version, or damaged', () => {
    expect(problemOf('nothing')).toEqual({ code: 'not-json' });
    for (const text of ['null', '[]', '7', '{}']) expect(problemOf(text)).toEqual({ code: 'other-format' });
    expect(problemOf('{}')).toEqual({ code: 'other-format' });
    expect(problemOf(JSON.stringify({ ...report, version: 1 }))).toEqual({
      code: 'other-version',
      version: '1',
    });
    expect(problemOf(JSON.stringify({ ...report, peaks: [{ backend: 'wasm' }] }))).toEqual({
      code: 'damaged',
      field: 'peaks[0].precision',
    });
  });

  it('never breaks its reader, however it is damaged', () => {
    const source = JSON.stringify(report);
    fc.assert(
      fc.property(fc.nat(source.length - 1), fc.string({ maxLength: 6 }), (at, text) => {
        const broken = source.slice(0, at) + text + source.slice(at + text.length);
        try {
          parseReport(broken);
        } catch (error) {
          expect(error).toBeInstanceOf(ReportError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
