import type { FileType } from '../../../engine/runtime/preprocess/sniff-picture.ts';
import type { PictureNote, PictureProblem } from '../../state/picture-store.ts';
import type { picture as en } from '../en/picture.ts';
import { sameOrAll } from '../same-or-all.ts';

const types: Readonly<Record<FileType, string>> = {
  png: 'PNG',
  jpeg: 'JPEG',
  webp: 'WebP',
  gif: 'GIF',
  bmp: 'BMP',
  avif: 'AVIF',
  svg: 'SVG',
  ico: '图标文件',
  heic: 'HEIC 图片',
  tiff: 'TIFF',
  jxl: 'JPEG XL',
  pdf: 'PDF',
  zip: 'ZIP 压缩包或办公文档',
  video: '视频或录音',
  html: '网页',
  text: '文本',
  unknown: '无法辨认的类型',
};

const describeProblem = (problem: PictureProblem): string => {
  switch (problem.code) {
    case 'empty':
      return '文件是空的：只有 0 字节。';
    case 'nothing-given':
      return '给出的内容里没有图片文件。';
    case 'no-picture':
      return `这不是图片：文件是${types[problem.type]}。`;
    case 'unsupported':
      return `此浏览器读不了这个文件（${types[problem.type]}）。请另存为 JPEG 或 PNG。`;
    case 'truncated':
      return `文件是 ${types[problem.type]}，但不完整，因此不予显示。`;
    case 'undecodable':
      return `文件开头是 ${types[problem.type]}，但浏览器无法解码：文件已损坏。`;
    case 'too-large':
      return `图片有 ${problem.width} × ${problem.height} 像素。超过 ${problem.most / 1e4} 万像素的图片不予解码：内存放不下。`;
    case 'too-heavy':
      return `文件有 ${Math.round(problem.bytes / 2 ** 20)} MiB；超过 ${problem.most / 2 ** 20} MiB 的不予读取。`;
    case 'no-sample':
      return '无法获取这张示例图片。';
    case 'camera':
      return {
        denied: '没有得到使用摄像头的许可。可在浏览器地址栏中重新允许。',
        none: '没有找到摄像头。',
        busy: '摄像头打不开：可能正被其他程序使用。',
        insecure: '只有在安全页面（https）上才能使用摄像头。',
        ended: '摄像头已断开。',
      }[problem.reason];
  }
};

const describeNote = (note: PictureNote): string => {
  switch (note.code) {
    case 'first-frame':
      return '这是动画：只显示第一帧。';
    case 'other-type':
      return `文件名像 ${types[note.promised]}，实际是 ${types[note.type]}，按实际类型读取。`;
    case 'shrunk':
      return `原图 ${note.width} × ${note.height} 像素，缩小到每边不超过 1024。`;
    case 'deep':
      return `每通道 ${note.bits} 位，浏览器转为 8 位。`;
    case 'inks':
      return '印刷色（CMYK），由浏览器转换为红、绿、蓝。';
    case 'scripts':
      return '图中含有脚本，脚本不会运行。';
  }
};

/** 给识别照片的网络一张图片。 */
export const picture: typeof en = {
  title: '给它一张图片',
  empty: '把图片拖到这里、粘贴进来，或从下面选一张。',
  upload: '上传图片',
  camera: '摄像头',
  drawing: {
    start: '画一张',
    stop: '画好了',
    surface: '画一幅画',
    hint: '在这里画：海上的船，天上的鸟……',
    undo: '撤销',
    clear: '清除',
    brush: '画笔',
    brushes: { thin: '细', normal: '中', thick: '粗' },
    palette: '颜色',
    colours: {
      black: '黑',
      grey: '灰',
      white: '白',
      red: '红',
      orange: '橙',
      yellow: '黄',
      green: '绿',
      darkGreen: '深绿',
      sky: '天蓝',
      blue: '蓝',
      brown: '棕',
      beige: '米色',
    },
    describe: (strokes) => (strokes === 0 ? '画纸是空的。' : `画纸上有 ${strokes} 笔。`),
    noCanvas: '此浏览器不提供画布。',
    note: '仅供娱乐：网络只学过照片，从未见过图画。',
  },
  cameraAsking: '正在请求…',
  cameraStop: '关闭摄像头',
  rate: (rate) => `每秒识别 ${rate} 帧`,
  zoom: '裁剪大小',
  zoomValue: (side) => `${side} 像素`,
  samples: '示例',
  sample: (shows, title) => `${shows}：${title}`,
  credit: (title, author) => `《${title}》，作者 ${author}`,
  creditOwn: (title) => `《${title}》，为本站绘制`,
  privacy: '图片不会离开此浏览器。',
  frame: {
    crop: ({ x, y, side }) => `裁剪区域 ${side} × ${side} 像素，位于 ${x}, ${y}`,
    cropHelp: '拖动可移动；双指，或按住 Ctrl 滚动滚轮，可缩放。方向键移动，+ 和 − 缩放。',
  },
  steps: {
    steps: '网络收到的内容',
    stepsHint: '每一步都与训练时相同。弄坏其中一步，看看答案是否还站得住。',
    names: {
      crop: '1 裁剪',
      resize: '2 缩放',
      scale: '3 换算数值',
      normalise: '4 均值与标准差',
      order: '5 通道顺序',
    },
    describe: (step) => {
      switch (step.step) {
        case 'crop':
          return `${step.width} × ${step.height}`;
        case 'resize':
          return step.method === 'nearest'
            ? `${step.width} × ${step.height}，最近邻`
            : `${step.width} × ${step.height}，三角滤波`;
        case 'scale':
          return step.factor === 1 ? '× 1' : `÷ ${Number((1 / step.factor).toFixed(2))}`;
        case 'normalise':
          return `− ${sameOrAll(step.mean)}，÷ ${sameOrAll(step.std)}`;
        case 'order':
          return { RGB: '红、绿、蓝', BGR: '蓝、绿、红', grey: '灰度' }[step.order];
      }
    },
    breaks: {
      stretched: '整张压扁',
      aliased: '丢弃像素',
      unscaled: '保留 0–255',
      raw: '不减均值',
      swapped: '换成 BGR',
    },
    range: (least, most) => `${least} … ${most}`,
    mend: '全部恢复',
    picture: (width, height) => `这一步之后的图片，${width} × ${height} 像素`,
  },
  problem: describeProblem,
  note: describeNote,
  answerEmpty: '选一张图片，看看网络怎么认',
  entropy: (bits, most) => `不确定度：${bits} 比特，最多 ${most} 比特。`,
  unbroken: (label, probability) => `各步都正确时：${label}，${probability}。`,
  ofTen: '它只认识这十类。',
};
