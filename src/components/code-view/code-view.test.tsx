import { render, screen } from '@testing-library/react';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CodeView } from './code-view.tsx';
import { tokenizePython } from './tokenize-python.ts';

const kinds = (text: string): readonly string[] =>
  tokenizePython(text).map((token) => `${token.kind} ${token.text}`);

describe('Python in stretches', () => {
  it('is the same text again', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('"', '#', '\n', '\\', 'f', ' ', 'def', '1', '.', 'e', 'x') }),
        (text) => {
          expect(
            tokenizePython(text)
              .map((token) => token.text)
              .join(''),
          ).toBe(text);
        },
      ),
    );
  });

  it('tells comments, strings, keywords, numbers and names apart', () => {
    expect(kinds('class Fire(nn.Module):  # 1×1')).toEqual([
      'keyword class',
      'plain  ',
      'name Fire',
      'plain (nn.Module):  ',
      'comment # 1×1',
    ]);
    expect(kinds('x = conv2(x, f"{name}.a # b", 1e-05)')).toEqual([
      'plain x = conv2(x, ',
      'string f"{name}.a # b"',
      'plain , ',
      'number 1e-05',
      'plain )',
    ]);
    expect(kinds('"""Two\nlines."""')).toEqual(['string """Two\nlines."""']);
  });
});

describe('a view of code', () => {
  it('is a named region that can be scrolled by keys, and holds the text', () => {
    render(<CodeView label="resnet50.py" text={'import torch  # first\n'} language="python" />);
    const region = screen.getByRole('region', { name: 'resnet50.py' });
    expect(region.textContent).toBe('import torch  # first\n');
    expect(region.tabIndex).toBe(0);
  });
});
