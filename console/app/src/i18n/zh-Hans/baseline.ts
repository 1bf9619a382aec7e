import type { Catalogue } from "../en";

export const baseline: Catalogue["baseline"] = {
  title: "目前的情况如何？",
  lead: "只问一次，随时可以修改。估计值即可。",
  firstReply: "顾客多少分钟后得到第一次回复",
  perConversation: "处理每次对话需要几分钟",
  wage: "这项工作每小时的成本",
  currency: "币种",
  save: "显示节省了多少",
  needed: "要显示节省的时间与金额，需要您自己的数字。我们不会自行猜测。",
  invalidNumber: "请填写数字。",
};
