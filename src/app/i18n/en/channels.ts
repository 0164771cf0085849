import type { ChannelViewMessages } from '../../../components/channels/channel-view.tsx';

/** The channels of a layer, one by one. */
export const channels = {
  title: 'Channel by channel',
  channel: 'Channel',
  channelOf: (number, count) => `${number} of ${count}`,
  enlarged: (number) => `Channel ${number}, enlarged`,
  all: 'All channels: click one, or use the arrow keys',
  least: 'least',
  most: 'largest',
  mean: 'mean',
  zeros: 'zeros',
  silent: 'Silent: every value of this channel is 0 for this input.',
  silentOf: (count, of) =>
    count === 0
      ? `Of ${of} channels none is silent for this input.`
      : `${count} of ${of} channels ${count === 1 ? 'is' : 'are'} silent for this input (struck through).`,
  scale: 'Colours: one scale for the whole layer; the full colour is its largest magnitude.',
  filter: 'Its filter',
  filterNumbers: (rows, columns) => `${rows}×${columns} weights a colour`,
  filterColour: 'Red, green and blue weights as a colour: mid-grey is 0, the scale is that of all filters.',
  filterGrey: 'Weights in the colours above: paper is 0, the scale is that of all filters.',
} satisfies ChannelViewMessages;
