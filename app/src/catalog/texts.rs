//! Texts of lists.

crate::texts::texts! {
    results = "商品" | "Products";
    count(n) = "{n} 件商品" | "{n} products";
    filters = "筛选" | "Filter";
    filters_n(n) = "筛选 · {n}" | "Filter · {n}";
    close = "关闭筛选" | "Close the filters";
    clear = "清除筛选" | "Clear filters";
    category = "分类" | "Department";
    tag = "标签" | "Tag";
    vendor = "品牌" | "Brand";
    price = "价格" | "Price";
    lowest = "最低价（元）" | "Lowest price (yuan)";
    highest = "最高价（元）" | "Highest price (yuan)";
    apply = "确定" | "Apply";
    stock = "有货" | "Availability";
    in_stock = "只看有货" | "In stock only";
    sort = "排序" | "Sort";
    relevance = "综合" | "Best match";
    price_up = "价格从低到高" | "Price, low first";
    price_down = "价格从高到低" | "Price, high first";
    newest = "最新" | "Newest";
    pages = "翻页" | "Pages";
    previous = "上一页" | "Previous";
    next = "下一页" | "Next";
    page_of(page, last) = "第 {page} / {last} 页" | "Page {page} of {last}";
    search_for(words) = "“{words}”的搜索结果" | "Results for “{words}”";
    search_all = "所有商品" | "All products";
    none_title = "没有找到合适的商品" | "Nothing found";
    none_filtered = "筛选条件有点多，放宽一些再看看。" | "The filters leave nothing over. Try fewer of them.";
    none_search(words) = "没有和“{words}”相符的商品。换个说法，或者从分类里逛逛。" | "Nothing matches “{words}”. Try another word, or look through the departments.";
    none_here = "这里暂时还没有商品。" | "There is nothing here yet.";
    all = "看全部商品" | "See all products";
}
