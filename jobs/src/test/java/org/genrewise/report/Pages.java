package org.genrewise.report;

import java.io.StringReader;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.helpers.DefaultHandler;

/** Reads what blocks and reports write with the JDK's own XML parser. */
final class Pages {

  private Pages() {}

  static Document parse(Block block) throws Exception {
    return parse("<div>" + block.html() + "</div>");
  }

  static Document parse(String xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    var builder = factory.newDocumentBuilder();
    builder.setErrorHandler(new DefaultHandler());
    return builder.parse(new InputSource(new StringReader(xml)));
  }

  static NodeList find(Document document, String path) throws Exception {
    return (NodeList)
        XPathFactory.newInstance().newXPath().evaluate(path, document, XPathConstants.NODESET);
  }

  static int count(Document document, String path) throws Exception {
    return find(document, path).getLength();
  }

  static String text(Document document, String path) throws Exception {
    return find(document, path).item(0).getTextContent();
  }
}
