export default {
  masked: "Masked: your role does not show this",
  yes: "Yes",
  no: "No",
  image: "Image",
  minutes: "{{count}} min",
  minuteUnit: "min",
  choose: "Choose",
  nothingFound: "Nothing found",
};
