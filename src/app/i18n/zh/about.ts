import type { about as english } from '../en/about.ts';
import type { Widen } from '../types.ts';

/** 这是什么、怎样计数、各部分从何而来。 */
export const about: Widen<typeof english> = {
  title: '关于 ConvAtlas',
  lede: '给学生、教师和工程师的卷积网络图谱。它完全在浏览器里运行，背后没有服务器。',
  countingTitle: '数的是什么，怎样数',
  counting: [
    {
      term: '形状',
      text: '通道 × 高 × 宽，不写批大小。向上还是向下取整是每一层自己的属性，不是全局的选择。',
    },
    { term: '参数量', text: '只数要学习的数。批归一化每个通道两个；它的滑动统计量另外列出。' },
    {
      term: 'MACs',
      text: '一张图像在卷积与全连接层中的乘加次数，不计偏置。多数论文印的就是这个数，却称它为 FLOPs。',
    },
    { term: 'FLOPs', text: '2 × MACs，加上偏置的加法，再加上其他各层的运算。这里绝不用这个词称呼乘加次数。' },
    { term: '内存', text: '权重、全部激活之和、同时存活的激活的峰值：三个数字，每次都写明是哪一个。' },
    {
      term: '感受野',
      text: '沿所有路径，一个单元能看到的最大输入区域；跳距是相邻单元在输入上相隔的像素数。',
    },
  ],
  derivedTitle: '数字从哪里来',
  derived:
    '每个网络只按论文的表格写下一次。形状、开销、图形、ONNX 文件和 PyTorch 代码都由这份定义算出，而不是抄来的。论文给出的数字与算出的并列；两者不同时，页面会说明原因。',
  privacyTitle: '什么会离开这台设备',
  privacy:
    '什么都不会。你画的内容、图片和文件都只在这个浏览器里读取，不向任何第三方发出请求，也没有 cookie。',
  papersTitle: '论文',
  licencesTitle: '许可',
  licencesIntro: 'ConvAtlas 采用 MIT 许可，并附带：',
  component: '组件',
  use: '用途',
  licence: '许可',
  uses: {
    react: '界面',
    baseUi: '菜单、对话框、滑块',
    state: '页面状态',
    routing: '地址及其参数',
    queries: '权重与结果',
    charts: '网络图与谱系的曲线',
    runtime: '运行网络',
    fonts: '字体',
    labels: '类别名称；不含任何图片',
    mnist: '手写数字，只用于训练和测试，不随页面发布',
  },
};
