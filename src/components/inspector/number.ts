const plain = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3, minimumFractionDigits: 0 });

/** A real number as the arithmetic shows it: three decimals, a true minus sign, powers of ten below 0.0005. */
export function formatReal(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text = size < 5e-4 ? powerOfTen(size) : plain.format(size);
  return value < 0 ? `−${text}` : text;
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function powerOfTen(value: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential(1).split('e');
  const digits = [...String(Math.abs(Number(exponent)))].map((digit) => superscripts[Number(digit)]).join('');
  return `${mantissa.replace('.0', '')}·10${Number(exponent) < 0 ? '⁻' : ''}${digits}`;
}
