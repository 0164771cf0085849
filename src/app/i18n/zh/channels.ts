import type { ChannelViewMessages } from '../../../components/channels/channel-view.tsx';

/** 逐个查看一层的通道。 */
export const channels: ChannelViewMessages = {
  title: '逐个通道',
  channel: '通道',
  channelOf: (number, count) => `${number} / ${count}`,
  enlarged: (number) => `放大的通道 ${number}`,
  all: '全部通道：点击其一，或使用方向键',
  least: '最小',
  most: '最大',
  mean: '均值',
  zeros: '零',
  silent: '沉默：对这个输入，该通道的每个值都是 0。',
  silentOf: (count, of) =>
    count === 0
      ? `对这个输入，${of} 个通道中没有沉默的。`
      : `对这个输入，${of} 个通道中有 ${count} 个沉默（画线标出）。`,
  scale: '颜色：整层共用一个标度；绝对值最大处为全色。',
  filter: '它的卷积核',
  filterNumbers: (rows, columns) => `每种颜色 ${rows}×${columns} 个权重`,
  filterColour: '红、绿、蓝权重合成一种颜色：中灰为 0，所有卷积核共用一个标度。',
  filterGrey: '权重用上面的颜色表示：纸色为 0，所有卷积核共用一个标度。',
};
