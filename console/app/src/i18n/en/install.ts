export const install = {
  title: "Install",
  lead: "One line of code puts the assistant on your page.",
  snippet: "Your line",
  snippetHint: "Paste it into your shop's pages, right before </body>.",
  where: "Where to paste it",
  platforms: {
    html: "Any website",
    shopify: "Shopify",
    woocommerce: "WooCommerce",
    other: "91APP, Shopline",
  },
  platformSteps: {
    html: "Open the template of your pages, paste the line right before </body>, and publish.",
    shopify:
      "Online Store, Themes, the three dots, Edit code, layout/theme.liquid: paste the line right before </body> and save.",
    woocommerce:
      "Appearance, Theme file editor, footer.php: paste the line right before </body>, or use a plugin for header and footer scripts.",
    other:
      "Look in the shop's settings for custom code or tracking code of all pages, paste the line there and publish.",
  },
  origins: "Addresses where it may appear",
  originsHint: "Scheme and host, for example https://www.example.com. One a line.",
  originsEmpty: "No address is allowed yet, so the assistant answers on no page.",
  originsSaved: "Addresses saved.",
  seen: "Seen on your site",
  seenYes: (when: string) => `Last opened ${when}.`,
  seenNo: "Not yet. Open your page once the line is in; this changes by itself.",
  key: "Publishable key",
  keyHint: "It is in the line above. It is no secret: it works only on the addresses you allow.",
  rotate: "Make a new key",
  rotateTitle: "Make a new key?",
  rotateBody:
    "The old key stops working at once. Every page that has the line shows no assistant until you have pasted the new line there:",
  rotateNoPages: "No address is allowed at present, so no page is affected.",
  rotateConfirm: "Make a new key",
  rotated: "The new key is in the line. Paste it into your pages now.",
};
