// The FAQ of the tea shop that the tests found: small, and unlike the demo's.

export const header = ["question", "answer", "category", "phrasings"];

const rows = [
  [
    "How long do loose leaves keep?",
    "Sealed and dark, green tea keeps 12 months and oolong 24 months.",
    "Storage",
    "shelf life of tea\nwhen does my tea expire",
  ],
  [
    "How hot should the water be for green tea?",
    "Take water of 75 °C; boiling water makes green tea bitter.",
    "Brewing",
    "water temperature for green tea\nwhat temperature to brew green tea",
  ],
  [
    "How much does delivery cost?",
    "Delivery is NT$80, and free from NT$900.",
    "Delivery",
    "shipping fee\nhow much is postage",
  ],
  [
    "When is my parcel sent?",
    "Orders before noon leave the same working day.",
    "Delivery",
    "when do you ship\nhow fast do you send my order",
  ],
  [
    "Can I return an opened tin?",
    "Opened tins cannot be returned; sealed ones can, within 14 days.",
    "Returns",
    "",
  ],
  [
    "Do you sell gift boxes?",
    "Yes: boxes for two or four tins, with a card.",
    "Gifts",
    "gift wrapping\ncan you wrap it as a present",
  ],
  [
    "Which teas have no caffeine?",
    "Our rooibos, buckwheat tea and chamomile have none.",
    "Tea",
    "caffeine free tea",
  ],
  [
    "How can I pay?",
    "By credit card, LINE Pay or bank transfer.",
    "Payment",
    "which payment methods do you take",
  ],
  [
    "Where is your shop?",
    "At 12 Lantern Lane in Tainan, open Tuesday to Sunday.",
    "Shop",
    "address of the store\nopening hours",
  ],
];

const broken = [
  ["Do you have a loyalty card?", "", "Shop", ""],
  ["", "Yes, from ten tins on.", "Payment", ""],
  ["Is your tea organic?", "x".repeat(8001), "Tea", ""],
];

/** The sheet's good rows, and three that cannot be taken as they are: 10, 11 and 12 below the header. */
export const sheet = [header, ...rows, ...broken];
export const good = rows.length;

/** The same shop in Chinese, as its owner keeps it. */
export const chinese = [
  ["問題", "答案", "分類"],
  ["可以開統一編號嗎？", "可以，結帳時填寫公司名稱與統編即可。", "發票"],
  ["茶葉要怎麼保存？", "請密封並避光，開封後三個月內喝完風味最好。", "保存"],
  ["門市可以試喝嗎？", "可以，週二到週日都能試喝當季烏龍。", "門市"],
];
